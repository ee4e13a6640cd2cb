// What the pages that take a file share: elements, numbers, the beginning of a file, files that are dropped.
'use strict';

const byId = id => document.getElementById(id);
const locale = english ? 'en' : 'fr';
const numbers = new Intl.NumberFormat(locale);
const number = n => numbers.format(n);

/** An element with its attributes and what is done on events; texts from files only ever become text. */
function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value !== null) element.setAttribute(key, value);
  }
  element.append(...content.filter(c => c !== null));
  return element;
}

/** Where the page of a code is. */
const codePage = (referential, code) => address({referential, code});

/** Of larger text files, what they hold is told from this much. */
const HEAD = 4 * 1024 * 1024;
const isLongText = file => file.size > HEAD && /\.(csv|tsv|tab|txt)$/i.test(file.name);

/** The beginning of a long text, to the end of a line; any other file whole. */
async function head(file) {
  if (!isLongText(file)) return file;
  const bytes = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  let end = bytes.lastIndexOf(10) + 1;
  // In UTF-16 the other byte of the end of a line may follow.
  if (bytes[end] === 0) end++;
  return new Blob([end > 1 ? bytes.subarray(0, end) : bytes]);
}

/** A file as a form holds it that a person chose. */
function put(input, file) {
  const carrier = new DataTransfer();
  carrier.items.add(file);
  input.files = carrier.files;
}

/** Takes what is dropped anywhere on the page, and shows where it goes. */
function onDrop(zone, take) {
  const holdsFile = event => [...(event.dataTransfer?.types ?? [])].includes('Files');
  document.addEventListener('dragover', event => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    zone.classList.add('over');
  });
  document.addEventListener('dragleave', event => {
    if (!event.relatedTarget) zone.classList.remove('over');
  });
  document.addEventListener('drop', event => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    zone.classList.remove('over');
    if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]);
  });
}
