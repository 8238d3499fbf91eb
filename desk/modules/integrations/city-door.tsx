import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { accessEndpoints } from '../../../contract/access.ts';
import { open311Endpoints as api, type Open311Settings } from '../../../contract/open311.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { faultsIn, useProblemText } from '../../app/problems.ts';
import { isStale } from '../../app/queries.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

/** Keys that open this door: by their names, never themselves. */
function Keys() {
  const t = useT();
  const format = useFormat();
  const list = useQuery({ queryKey: ['tokens'], queryFn: () => call(accessEndpoints.tokens, {}) });
  const keys = (list.data?.tokens ?? []).filter(
    ({ scopes, revokedAt }) => revokedAt === null && scopes.some((scope) => scope.startsWith('open311:')),
  );
  return (
    <div className="ig-keys small">
      <b>{t('keys')}</b>
      {keys.map((key) => (
        <span key={key.id}>
          {key.name} <code>{key.scopes.join(' ')}</code>{' '}
          <span className="soft">
            {key.lastUsedAt ? t('keyUsed', { at: format.moment(key.lastUsedAt) }) : t('keyUnused')}
          </span>
        </span>
      ))}
      {list.data && keys.length === 0 && <span className="soft">{t('noKeys')}</span>}
      <Link className="link" to="/tokens">
        {t('toTokens')}
      </Link>
    </div>
  );
}

function Places({ settings }: { settings: Open311Settings }) {
  const t = useT();
  const problem = useProblemText();
  const [lines, setLines] = useState('');
  const save = useAct(api.savePlaces, {
    refreshes: [['open311']],
    onDone: () => {
      setLines('');
      notify.good(t('placesSaved'));
    },
  });
  const named = Object.entries(faultsIn(save.error)).filter(([field]) => field.startsWith('lines.'));
  return (
    <form
      className="ig-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (lines.trim()) save.mutate({ lines });
      }}
    >
      <TextField
        label={t('places', { placed: settings.placed, sites: settings.sites })}
        hint={t('placesHint')}
        fault={
          save.error
            ? named.length > 0
              ? named.map(([field, message]) => t('line', { n: field.slice(6), what: message })).join(' · ')
              : problem(save.error)
            : undefined
        }
        rows={3}
        maxLength={200_000}
        value={lines}
        onChange={setLines}
      />
      <Button submit small busy={save.isPending} disabled={lines.trim() === ''}>
        {t('placesSave')}
      </Button>
    </form>
  );
}

/** The door for city systems: whether it is open, which categories are public and in which words. */
export function CityDoor({ settings }: { settings: Open311Settings }) {
  const t = useT();
  const directory = useDirectory();
  const language = useLocale();
  const problem = useProblemText();
  const cache = useQueryClient();
  const stored = useMemo(
    () => ({
      enabled: settings.enabled,
      jurisdictionId: settings.jurisdictionId ?? '',
      services: settings.services,
      read: settings.version,
    }),
    [settings],
  );
  const [draft, change, drop] = useDraft('open311.settings', stored);
  const { enabled, jurisdictionId, services } = draft;
  // The version that was read when the first thing was changed: what another administrator saved since is not overwritten.
  const write = (part: Partial<Omit<typeof draft, 'read'>>): void => change({ ...part, read: draft.read });
  const save = useAct(api.save, {
    refreshes: [['open311']],
    onDone: () => {
      drop();
      notify.good(t('saved'));
    },
    onFail: (error) => {
      if (isStale(error)) void cache.invalidateQueries({ queryKey: ['open311'] });
    },
  });
  const eligible = settings.eligible.flatMap((id) => directory.category(id) ?? []);
  const toggle = (category: { id: number; zh: string; en: string }, on: boolean): void =>
    write({
      services: on
        ? [...services, { categoryId: category.id, zh: category.zh, en: category.en }]
        : services.filter(({ categoryId }) => categoryId !== category.id),
    });
  const name = (categoryId: number, part: { zh?: string; en?: string }): void =>
    write({ services: services.map((one) => (one.categoryId === categoryId ? { ...one, ...part } : one)) });
  return (
    <section className="ig-part" aria-label={t('city')}>
      <h2>
        {t('city')} <span className="tag">{t(settings.enabled ? 'isOn' : 'isOff')}</span>
      </h2>
      <p className="soft small">{t('cityLead')}</p>
      <p className="small">
        {t('address')} <code>{`${window.location.origin}/open311/v2/`}</code>
      </p>
      <Keys />
      <form
        className="ig-form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ version: draft.read, enabled, jurisdictionId: jurisdictionId.trim() || null, services });
        }}
      >
        <label className="check">
          <input type="checkbox" checked={enabled} onChange={(event) => write({ enabled: event.target.checked })} />
          {t('enable')}
        </label>
        <TextField
          label={t('jurisdiction')}
          hint={t('jurisdictionHint')}
          maxLength={100}
          value={jurisdictionId}
          onChange={(text) => write({ jurisdictionId: text })}
        />
        <fieldset className="field">
          <legend className="small soft">{t('services')}</legend>
          <p className="hint">{t('servicesHint')}</p>
          <div className="ig-services">
            {eligible.map((category) => {
              const chosen = services.find(({ categoryId }) => categoryId === category.id);
              const called = nameIn(category, language);
              return (
                <div key={category.id} className="ig-service" data-chosen={chosen !== undefined || undefined}>
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={chosen !== undefined}
                      onChange={(event) => toggle(category, event.target.checked)}
                    />
                    <code>{category.code}</code> {called}
                  </label>
                  {chosen && (
                    <>
                      <input
                        className="input"
                        aria-label={t('publicZh', { name: called })}
                        maxLength={500}
                        value={chosen.zh}
                        onChange={(event) => name(category.id, { zh: event.target.value })}
                      />
                      <input
                        className="input"
                        aria-label={t('publicEn', { name: called })}
                        maxLength={500}
                        value={chosen.en}
                        onChange={(event) => name(category.id, { en: event.target.value })}
                      />
                    </>
                  )}
                </div>
              );
            })}
          </div>
        </fieldset>
        {save.error && (
          <Notice kind="near" alert>
            {problem(save.error)}{' '}
            {isStale(save.error) && (
              <Button
                small
                onClick={() => {
                  drop();
                  save.reset();
                }}
              >
                {t('readAnew')}
              </Button>
            )}
          </Notice>
        )}
        <Button kind="main" submit busy={save.isPending}>
          {t('save')}
        </Button>
      </form>
      <Places settings={settings} />
    </section>
  );
}
