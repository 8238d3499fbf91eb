import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  messageEndpoints as api,
  messageLevels,
  type PersonalKind,
  type Preference,
  personalKinds,
} from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { Problem } from '../../kit/problem.tsx';
import { AddressForm } from './address-form.tsx';
import { Places } from './places.tsx';
import './messages.css';
import { useT } from './words.ts';

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutesOf = (clock: string): number => {
  const [h = 0, m = 0] = clock.split(':').map(Number);
  return h * 60 + m;
};

function Choices({ saved, version, available }: { saved: Preference; version: number; available: PersonalKind[] }) {
  const t = useT();
  const problem = useProblemText();
  const [chosen, setChosen] = useState(saved);
  const save = useAct(api.savePreferences, {
    refreshes: [['messages', 'preferences']],
    onDone: () => notify.good(t('saved')),
  });
  const change = (part: Partial<Preference>) => setChosen({ ...chosen, ...part });
  const toggle = (level: (typeof messageLevels)[number], kind: PersonalKind, on: boolean) =>
    change({
      channels: {
        ...chosen.channels,
        [level]: personalKinds.filter((each) => (each === kind ? on : chosen.channels[level].includes(each))),
      },
    });
  return (
    <form
      className="ms-form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...chosen, version });
      }}
    >
      <table className="ms-choices">
        <caption className="soft small">{t('choicesLead')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('level')}</th>
            <th scope="col">{t('desk')}</th>
            {personalKinds.map((kind) => (
              <th key={kind} scope="col">
                {t(kind)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...messageLevels].reverse().map((level) => (
            <tr key={level}>
              <th scope="row">{t(level)}</th>
              <td className="soft">{t('always')}</td>
              {personalKinds.map((kind) => (
                <td key={kind}>
                  <label className="check">
                    <input
                      type="checkbox"
                      aria-label={`${t(level)} · ${t(kind)}`}
                      disabled={!available.includes(kind)}
                      checked={chosen.channels[level].includes(kind)}
                      onChange={(event) => toggle(level, kind, event.target.checked)}
                    />
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="ms-times">
        <Field label={t('quietFrom')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="time"
              required
              value={clockOf(chosen.quietFrom)}
              onChange={(event) => change({ quietFrom: minutesOf(event.target.value) })}
            />
          )}
        </Field>
        <Field label={t('quietTo')}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="time"
              required
              value={clockOf(chosen.quietTo)}
              onChange={(event) => change({ quietTo: minutesOf(event.target.value) })}
            />
          )}
        </Field>
        <Field label={t('digest')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={chosen.digestHour ?? ''}
              onChange={(event) =>
                change({ digestHour: event.target.value === '' ? null : Number(event.target.value) })
              }
            >
              <option value="">{t('noDigest')}</option>
              {Array.from({ length: 24 }, (_, hour) => (
                <option key={clockOf(hour * 60)} value={hour}>
                  {clockOf(hour * 60)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <p className="soft small">{t('quietHow')}</p>
      {save.error && (
        <Notice kind="near" alert>
          {problem(save.error)}
        </Notice>
      )}
      <div>
        <Button kind="main" submit busy={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}

/** How somebody wants to be told besides the desk: addresses, channels by level, quiet hours, digest. */
export default function PreferencesPage() {
  const t = useT();
  const page = useQuery({ queryKey: ['messages', 'preferences'], queryFn: () => call(api.preferences, {}) });
  if (page.error && !page.data)
    return <Problem title={t('loadFailed')} error={page.error} onRetry={() => page.refetch()} />;
  if (!page.data) return <div className="page-waiting" aria-busy="true" />;
  const { preference, version, addresses, available } = page.data;
  return (
    <div className="ms-page">
      <header className="ms-head">
        <div>
          <h1>{t('preferences')}</h1>
          <p className="soft small">{t('preferencesLead')}</p>
        </div>
        <Places at="preferences" />
      </header>
      <section className="ms-card" aria-label={t('addresses')}>
        <h2>{t('addresses')}</h2>
        {personalKinds.map((kind) => (
          <AddressForm
            key={kind}
            kind={kind}
            address={addresses.find((one) => one.kind === kind) ?? null}
            available={available.includes(kind)}
          />
        ))}
      </section>
      <section className="ms-card" aria-label={t('choices')}>
        <h2>{t('choices')}</h2>
        <Choices key={version} saved={preference} version={version} available={available} />
      </section>
    </div>
  );
}
