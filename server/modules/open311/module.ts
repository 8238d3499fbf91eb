import { open311Endpoints as api } from '../../../contract/open311.ts';
import type { Keys } from '../../platform/crypto.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { mountDoor } from './door.ts';
import { readSettings, savePlacesOf, saveSettings } from './settings.ts';

export function mountOpen311(desk: Desk, deps: { keys: Keys; log: (line: string) => void }): void {
  serve(desk, api.settings, ({ tx }) => readSettings(tx));
  serve(desk, api.save, saveSettings);
  serve(desk, api.savePlaces, (context, { lines }) => savePlacesOf(context, lines));
  mountDoor(desk, deps);
}
