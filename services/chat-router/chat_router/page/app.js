/** The chat page: puts its parts together. */

import { noteSimulated, startBanner } from "./banner.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { byId } from "./dom.js";
import { startLanguages } from "./i18n.js";
import { Person } from "./person.js";
import { Announcer, Transcript } from "./transcript.js";

function start() {
  startLanguages(byId("languages"));
  const announcer = new Announcer();
  const transcript = new Transcript();
  const person = new Person({ onChange: () => conversation.startOver(), say: (text) => announcer.say(text) });
  const composer = new Composer({ onSend: (text) => conversation.send(text), onStop: () => conversation.stop() });
  const conversation = new Conversation(transcript, announcer, person, {
    onBusy: (busy) => composer.setBusy(busy),
    onEdit: (text) => composer.write(text),
    onSimulated: noteSimulated,
  });
  byId("new").addEventListener("click", () => {
    conversation.startOver();
    composer.write("");
  });
  for (const button of document.querySelectorAll("[data-suggestion]")) {
    button.addEventListener("click", () => conversation.busy || conversation.send(button.textContent));
  }
  startBanner();
  conversation.resume();
}

start();
