import { render } from 'preact';
import { App } from './app/app.tsx';
import { startDirectory, startPlace } from './app/directory.ts';
import { startDevice } from './app/identifiers.ts';
import { startSending } from './app/pending.ts';
import { startRouting } from './app/route.ts';
import { me, refreshSession, startSession } from './app/session.ts';
import { settings } from './app/settings.ts';
import { speak } from './app/words.ts';
import { startDraft } from './modules/requests/draft.ts';
import { measuresTile, reportTile, startRows } from './modules/requests/home.tsx';

/** How long the first paint waits for the network: only a first visit has nothing to show without it. */
const patience = 6_000;

const page = document.getElementById('app')!;

async function start(): Promise<void> {
  const late = new Promise<void>((go) => setTimeout(go, patience));
  startRouting();
  await Promise.all([speak(settings.get().locale), startDevice(), startSession(), startDraft()]);
  await startRows();
  // Nothing moves after the first paint: what this account has on its home is there before it.
  const may = me.get()?.permissions;
  const tiles = [
    ...(may?.includes('measures.work') ? [measuresTile] : []),
    ...(may?.includes('reports.file') ? [reportTile] : []),
  ].map((tile) => tile.load().catch(() => {}));
  await Promise.race([Promise.all([startDirectory(), startPlace(), ...tiles]), late]);
  await startSending();
  page.replaceChildren();
  render(<App />, page);
  void refreshSession();
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register('/p/sw.js', { scope: '/p/' }).catch(() => {});
  }
}

start().catch(() => {
  page.textContent =
    '没打开，写过的都还在。再打开一次；急事请打热线。 Could not open; what you wrote is kept. Open it again.';
});
