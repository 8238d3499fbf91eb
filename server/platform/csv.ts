/** Comma separated values as people's programs really write them: RFC 4180 in pieces, and the encodings met in China. */
import { Refusal } from './errors.ts';

/** A quote that is never closed would otherwise gather the rest of a file of gigabytes. */
const longestRecord = 8 * 1024 * 1024;

/**
 * Takes text in pieces of any size and hands back the records finished so far. A blank line is the record `['']`, so
 * that record numbers agree with the row numbers a spreadsheet shows.
 */
export class CsvParser {
  private delimiter: string | undefined;
  private head = '';
  private record: string[] = [];
  private field = '';
  private length = 0;
  /** plain: outside quotes; quoted: inside; closing: just after a quote that may be the first of a doubled pair. */
  private state: 'plain' | 'quoted' | 'closing' = 'plain';
  private fieldBegun = false;
  private afterReturn = false;
  private finished = 0;

  constructor(delimiter?: string) {
    this.delimiter = delimiter;
  }

  push(text: string): string[][] {
    if (this.delimiter !== undefined) return this.parse(text, this.delimiter);
    this.head += text;
    const first = firstRecord(this.head);
    if (first === undefined && this.head.length < 65_536) return [];
    return this.start(first ?? this.head);
  }

  end(): string[][] {
    const records = this.delimiter === undefined ? this.start(this.head) : [];
    if (this.state === 'quoted') throw this.fault();
    if (this.fieldBegun || this.field !== '' || this.record.length > 0) records.push(this.takeRecord());
    return records;
  }

  private start(first: string): string[][] {
    const outside = first.replace(/"[^"]*"/g, '');
    const counts = ['\t', ',', ';', '|'].map((sign) => [sign, outside.split(sign).length] as const);
    this.delimiter = counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0];
    const text = this.head;
    this.head = '';
    return this.parse(text, this.delimiter);
  }

  private parse(text: string, delimiter: string): string[][] {
    const records: string[][] = [];
    const special = delimiter.charCodeAt(0);
    for (let at = 0; at < text.length; ) {
      if (this.state === 'quoted') {
        const close = text.indexOf('"', at);
        const until = close === -1 ? text.length : close;
        this.take(text.slice(at, until));
        if (close !== -1) this.state = 'closing';
        at = until + 1;
        continue;
      }
      const code = text.charCodeAt(at);
      if (code === 34 && (this.state === 'closing' || !this.fieldBegun)) {
        if (this.state === 'closing') this.take('"');
        this.state = 'quoted';
        this.fieldBegun = true;
        this.afterReturn = false;
        at++;
        continue;
      }
      this.state = 'plain';
      if (code === special) {
        this.takeField();
        this.fieldBegun = false;
        this.afterReturn = false;
        at++;
      } else if (code === 13 || code === 10) {
        // The line feed of a CR LF pair, perhaps in the next piece, ends nothing more.
        if (!(code === 10 && this.afterReturn)) records.push(this.takeRecord());
        this.afterReturn = code === 13;
        at++;
      } else {
        let until = at + 1;
        for (; until < text.length; until++) {
          const next = text.charCodeAt(until);
          if (next === special || next === 10 || next === 13) break;
        }
        this.take(text.slice(at, until));
        this.fieldBegun = true;
        this.afterReturn = false;
        at = until;
      }
    }
    return records;
  }

  private take(text: string): void {
    this.length += text.length;
    if (this.length > longestRecord) throw this.fault();
    this.field += text;
  }

  private takeField(): void {
    this.record.push(this.field);
    this.field = '';
  }

  private takeRecord(): string[] {
    this.takeField();
    const record = this.record;
    this.record = [];
    this.length = 0;
    this.fieldBegun = false;
    this.finished++;
    return record;
  }

  private fault(): Refusal {
    return new Refusal(422, 'table_quote_open', { values: { row: this.finished + 1 } });
  }
}

/** Up to the first line end outside quotes; undefined while there is none yet. */
function firstRecord(text: string): string | undefined {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (!quoted && (code === 10 || code === 13)) return text.slice(0, at);
  }
  return undefined;
}

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/**
 * Bytes to text. A byte order mark decides; without one UTF-8 and GB 18030 agree on ASCII, so the choice waits for the
 * first other byte and is then made on what follows it: strict UTF-8, or else GB 18030 (Excel's CSV on a Chinese
 * Windows). Bytes that do not fit are refused, never turned into replacement characters.
 */
export async function* decodedText(bytes: AsyncIterable<Uint8Array>, encoding?: TextEncoding): AsyncGenerator<string> {
  let decoder = encoding ? strict(encoding) : undefined;
  let held = Buffer.alloc(0);
  let first = true;
  for await (const chunk of bytes) {
    if (decoder) {
      yield decoded(decoder, chunk);
      continue;
    }
    held = Buffer.concat([held, chunk]);
    if (first && held.length < 3) continue;
    const marked: TextEncoding | undefined = first ? markedEncoding(held) : undefined;
    first = false;
    const ascii = marked ? -1 : held.findIndex((byte) => byte > 127);
    if (!marked && ascii === -1) {
      yield held.toString('latin1');
      held = Buffer.alloc(0);
    } else if (marked || held.length - ascii >= 32_768) {
      decoder = strict(marked ?? guessed(held, false));
      yield decoded(decoder, held);
      held = Buffer.alloc(0);
    }
  }
  decoder ??= strict((first ? markedEncoding(held) : undefined) ?? guessed(held, true));
  yield decoded(decoder, held) + decoded(decoder);
}

function strict(encoding: TextEncoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: true });
}

function decoded(decoder: TextDecoder, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    throw new Refusal(422, 'table_encoding');
  }
}

function markedEncoding(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function guessed(bytes: Uint8Array, whole: boolean): TextEncoding {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

// Spreadsheets run a field that starts with one of these; the full-width forms too in some East Asian settings. The
// apostrophes before it count in, so that a text which already has one comes back with one.
const formulaStart = /^'*[=+\-@\t\r\n|＝＋－＠｜]/;

/** Text that a spreadsheet opening the CSV will show instead of run. */
export function guardedText(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

export function unguardedText(text: string): string {
  return text.startsWith("'") && formulaStart.test(text) ? text.slice(1) : text;
}
