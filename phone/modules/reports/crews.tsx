import { useState } from 'preact/hooks';
import type { ToFile } from '../../../contract/reports.ts';
import { call, Refusal } from '../../app/api.ts';
import { uuid } from '../../app/identifiers.ts';
import { online } from '../../app/online.ts';
import { useStored } from '../../app/use-stored.ts';
import { Sheet, Wrong } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { refreshForms } from './kept.ts';
import { useReportWords } from './words.ts';

/** The crews of the site, by name and planned number, and the telephone of its office, kept by its officers. */
export function Crews({ one, onClose }: { one: ToFile; onClose(): void }) {
  const said = useReportWords();
  const connected = useStored(online);
  const [crews, setCrews] = useState(one.crews);
  const [office, setOffice] = useState(one.office ?? '');
  const [wrong, setWrong] = useState<string | null>(null);
  const change = (id: string, part: Partial<ToFile['crews'][number]>): void =>
    setCrews(crews.map((crew) => (crew.id === id ? { ...crew, ...part } : crew)));
  async function save(): Promise<void> {
    try {
      await call('/api/reports/crews', { method: 'PUT', json: { siteId: one.nodeId, crews } });
      if (office.trim() !== (one.office ?? '') && office.trim() !== '')
        await call('/api/reports/offices', { method: 'PUT', json: { siteId: one.nodeId, phone: office.trim() } });
      await refreshForms();
      onClose();
    } catch (fault) {
      const problem = fault instanceof Refusal ? fault.problem : null;
      setWrong(problem?.fields?.[0]?.message ?? problem?.title ?? said.crewFailed);
    }
  }
  return (
    <Sheet label={said.crewsTitle} onClose={onClose}>
      <h2>{said.crewsTitle}</h2>
      {!connected && <p class="small">{said.crewNeedsNet}</p>}
      {crews.map((crew) => (
        <div class="line" key={crew.id}>
          <input
            class="input"
            aria-label={said.crewName}
            value={crew.zh}
            maxLength={60}
            onInput={(event) => change(crew.id, { zh: event.currentTarget.value })}
          />
          <input
            class="input planned"
            inputMode="numeric"
            aria-label={`${crew.zh} ${said.crewPlanned}`}
            value={String(crew.planned)}
            onInput={(event) => change(crew.id, { planned: Number(event.currentTarget.value) || 0 })}
          />
          <button
            type="button"
            class="button square"
            aria-label={said.crewDrop(crew.zh)}
            onClick={() => setCrews(crews.filter((each) => each.id !== crew.id))}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
      <button type="button" class="link" onClick={() => setCrews([...crews, { id: uuid(), zh: '', planned: 0 }])}>
        {said.crewAdd}
      </button>
      <label class="field gap">
        <span class="label">{said.office}</span>
        <small class="dim">{said.officeWhy}</small>
        <input
          class="input"
          inputMode="tel"
          maxLength={20}
          value={office}
          onInput={(event) => setOffice(event.currentTarget.value)}
        />
      </label>
      {wrong && <Wrong>{wrong}</Wrong>}
      <div class="two gap">
        <button type="button" class="button" onClick={onClose}>
          {said.back}
        </button>
        <button type="button" class="button go" aria-disabled={!connected} onClick={() => connected && void save()}>
          {said.crewSave}
        </button>
      </div>
    </Sheet>
  );
}
