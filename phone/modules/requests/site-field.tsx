import { useState } from 'preact/hooks';
import { changePlace, directory, place } from '../../app/directory.ts';
import type { Site } from '../../app/records.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { Wrong } from '../../kit/frame.tsx';

const shown = 6;

function matches(site: Site, typed: string): boolean {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const hay = `${site.zh} ${site.en} ${site.code} ${site.unitZh} ${site.unitEn}`.toLowerCase();
  return wanted.every((word) => hay.includes(word));
}

/** The site by any part of its name, code or unit; once picked this phone keeps it for the next time. */
export function SiteField({ fault }: { fault: string | undefined }) {
  const words = useWords();
  const sites = useStored(directory)?.sites ?? [];
  const here = useStored(place);
  const [typed, setTyped] = useState('');
  const nameOf = (site: Site) => words.pick(site);
  if (here?.site) {
    const name = nameOf(here.site);
    return (
      <div class="field">
        <div class="picked">
          <p>
            <small class="dim">{words.where}</small>
            <br />
            <b>{name}</b>
          </p>
          <button type="button" class="link" onClick={() => void changePlace({ token: null, site: null, point: null })}>
            {words.change}
            <span class="unseen"> {words.where}</span>
          </button>
        </div>
      </div>
    );
  }
  const found = typed.trim() ? sites.filter((site) => matches(site, typed)) : [];
  return (
    <div class="field">
      <label class="label" for="site">
        {words.where}
      </label>
      <input
        id="site"
        class="input"
        type="search"
        autocomplete="off"
        placeholder={words.whereHint}
        value={typed}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault ? 'site-wrong' : undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {fault && <Wrong id="site-wrong">{fault}</Wrong>}
      <p class="unseen" role="status">
        {typed.trim() && words.whereFound(found.length)}
      </p>
      {typed.trim() && (
        <ul class="card rows found gap">
          {found.slice(0, shown).map((site) => (
            <li key={site.id}>
              <button type="button" onClick={() => void changePlace({ token: null, site, point: null })}>
                <b>{nameOf(site)}</b>
                <small>{words.pick({ zh: site.unitZh, en: site.unitEn })}</small>
              </button>
            </li>
          ))}
          {found.length === 0 && <li class="note">{words.whereNone}</li>}
        </ul>
      )}
    </div>
  );
}
