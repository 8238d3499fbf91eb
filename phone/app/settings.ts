import type { locales } from '../../contract/access.ts';
import { stored } from './stored.ts';

export type Locale = (typeof locales)[number];

export interface Settings {
  locale: Locale;
  large: boolean;
}

const name = 'lastmetre';

/** Read without waiting, so that the first paint is already in the right language and size. */
function read(): Settings {
  const fallback: Settings = { locale: navigator.language.startsWith('zh') ? 'zh-CN' : 'en', large: false };
  try {
    return { ...fallback, ...JSON.parse(localStorage.getItem(name) ?? '{}') };
  } catch {
    return fallback;
  }
}

function show({ locale, large }: Settings): void {
  document.documentElement.lang = locale;
  document.documentElement.classList.toggle('large', large);
}

export const settings = stored<Settings>(read());
show(settings.get());

export function changeSettings(change: Partial<Settings>): void {
  const next = { ...settings.get(), ...change };
  settings.set(next);
  show(next);
  try {
    localStorage.setItem(name, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing still switches for this visit.
  }
}
