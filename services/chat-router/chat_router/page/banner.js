/** Says at the top of the page what is simulated, so that nothing here is mistaken for the real thing. */

import { readStatus } from "./api.js";
import { byId } from "./dom.js";
import { label } from "./i18n.js";

const NAMES = { claude: "Claude", llama: "LLAMA" };

/** Names of the parts that a simulator plays, from the bodies of /readyz and /v1/models. */
export function simulatedParts(readiness, models) {
  const parts = Object.entries(readiness?.parts ?? {})
    .filter(([, part]) => part?.simulated === true)
    .map(([name]) => NAMES[name] ?? name);
  const anyModel = (models?.data ?? []).some((model) => model?.simulated === true);
  return parts.length || !anyModel ? parts : [{ key: "banner.model" }];
}

function show(parts) {
  label(byId("banner-text"), parts.length > 1 ? "banner.simulatedMany" : "banner.simulated", { parts });
  byId("banner").hidden = false;
}

/** Look once at start. */
export async function startBanner() {
  const [readiness, models] = await Promise.all([readStatus("/readyz"), readStatus("/v1/models")]);
  const parts = simulatedParts(readiness, models);
  if (parts.length) show(parts);
}

/** An answer said that it is simulated: enough for the banner if the status pages were silent. */
export function noteSimulated() {
  if (byId("banner").hidden) show([{ key: "banner.model" }]);
}
