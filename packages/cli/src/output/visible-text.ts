/** Everything that moves a cursor or turns a line around, line breaks excluded. */
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A text of somebody else's in which nothing is hidden from whoever reads it on a terminal. It may have lines. */
export function visibleText(text: string): string {
  return text.replaceAll(unseen, escaped);
}

/** The same in one line. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', '\\n');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
