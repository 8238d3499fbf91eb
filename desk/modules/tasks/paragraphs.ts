const numberingOnly = /^(?:第?[一二三四五六七八九十百\d]+[、.．章条节]?|（[一二三四五六七八九十\d]+）|\(\d+\))$/;

/** The paragraphs of a pasted document: one a line, empty lines left out, a number that stands alone put before its text. */
export function splitParagraphs(text: string): string[] {
  const paragraphs: string[] = [];
  let heading = '';
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '') continue;
    if (numberingOnly.test(line)) heading += line;
    else {
      paragraphs.push(heading + line);
      heading = '';
    }
  }
  return heading ? [...paragraphs, heading] : paragraphs;
}
