import { keep, recall } from '../../app/database.ts';
import type { Creation, Draft } from '../../app/records.ts';
import { stored } from '../../app/stored.ts';

export const draft = stored<Draft | null>(null);
/** How the person wanted to be known last time; a first visit starts at confidential (rules 13). */
export const manner = stored<Creation['confidentiality'] | null>(null);

export async function startDraft(): Promise<void> {
  draft.set((await recall<Draft>('draft')) ?? null);
  manner.set((await recall<Creation['confidentiality']>('manner')) ?? null);
}

let timer: ReturnType<typeof setTimeout> | undefined;

/** The phone has no room: what is written lives only as long as the page. */
export const unkept = stored(false);

function save(): void {
  clearTimeout(timer);
  timer = undefined;
  keep('draft', draft.get() ?? undefined).then(
    () => unkept.set(false),
    () => unkept.set(true),
  );
}

addEventListener('pagehide', () => {
  if (timer) save();
});

export function beginDraft(code: string): void {
  const now = draft.get();
  if (now?.code === code) return;
  // Words, photos and number stay when another kind is picked; phrases belong to the kind.
  changeDraft({ code, phrases: [], mending: null });
}

export function changeDraft(change: Partial<Draft>): void {
  const empty: Draft = {
    code: '',
    phrases: [],
    text: '',
    photos: [],
    spot: '',
    confidentiality: manner.get() ?? 'confidential',
    callback: '',
    savedAt: '',
    mending: null,
  };
  draft.set({ ...empty, ...draft.get(), ...change, savedAt: new Date().toISOString() });
  clearTimeout(timer);
  timer = setTimeout(save, 300);
}

export function dropDraft(): void {
  draft.set(null);
  save();
}

/** Whether anything was written that would be a pity to lose. */
export function isWritten(one: Draft | null): one is Draft {
  return one !== null && (one.text.trim() !== '' || one.phrases.length > 0 || one.photos.length > 0);
}

/** On a full phone it holds for as long as the page is open. */
export function chooseManner(next: Creation['confidentiality']): void {
  manner.set(next);
  void keep('manner', next).catch(() => {});
}
