/**
 * Refusals a person can act on. `code` is stable and translated (words.ts); `fields` names what to mend;
 * `current` is the record as it stands when somebody else was first.
 */
export interface FieldFault {
  field: string;
  code: string;
  /** Figures for the sentence, e.g. the least length. */
  values?: Record<string, string | number>;
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: FieldFault[];
  readonly current: unknown;
  readonly values: Record<string, string | number>;
  /** Done once the refused command has let go of its connection, before the answer: what a refusal must not undo. */
  readonly afterwards: (() => Promise<void>) | undefined;
  constructor(
    status: number,
    code: string,
    more: {
      fields?: FieldFault[];
      current?: unknown;
      values?: Record<string, string | number>;
      afterwards?: () => Promise<void>;
    } = {},
  ) {
    super(code);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
    this.fields = more.fields ?? [];
    this.current = more.current;
    this.values = more.values ?? {};
    this.afterwards = more.afterwards;
  }
}

export const notFound = (): Refusal => new Refusal(404, 'not_found');
export const forbidden = (code = 'forbidden'): Refusal => new Refusal(403, code);
export const conflict = (code: string, current?: unknown): Refusal => new Refusal(409, code, { current });
export const badField = (field: string, code: string, values?: Record<string, string | number>): Refusal =>
  new Refusal(422, 'bad_input', { fields: [{ field, code, values }] });
