import { useCallback, useState } from 'react';
import { outreachEndpoints as api, type Touch } from '../../../contract/outreach.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { spoken } from '../hotline/done.tsx';
import { type Draft, type Field, faultsOf, newDraft, useKept } from '../hotline/draft.ts';
import { RegistrationForm } from '../hotline/form.tsx';
import '../hotline/hotline.css';
import { isSealed, registrationOf, useDraftCategory } from '../hotline/registration.ts';
import { useT } from './words.ts';

const fieldIds: Record<Field, string> = {
  category: 'hl-category',
  site: 'hl-site',
  text: 'hl-text',
  callback: 'hl-callback',
  answer: 'hl-answer',
};

/**
 * A need found on this touch: the same form as any request, at the place of the touch. What is typed is kept until it is
 * sent; of a sealed matter not even its kind (rules 5).
 */
export function NeedForm({ touch, onClose }: { touch: Touch; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const directory = useDirectory();
  const mayStore = useCallback((next: Draft) => !isSealed(directory.category(next.categoryId)), [directory]);
  const [draft, keep, forget] = useKept<Draft>(
    `lastmetre.touch.${touch.id}`,
    () => newDraft({ siteId: touch.siteId, point: touch.point ?? '' }),
    mayStore,
  );
  const [shown, setShown] = useState<Field[]>([]);
  const [told, setTold] = useState<{ number: string; code: string; promise: string } | null>(null);
  const { sealed } = useDraftCategory(draft);
  const register = useAct(api.need, {
    refreshes: [['outreach'], ['requests']],
    onDone: ({ number, promise }) => {
      setTold({ number, code: draft.queryCode, promise });
      forget();
    },
    onFail: notify.problem,
  });
  const submit = (): void => {
    if (sealed || register.isPending) return;
    const faults = faultsOf(draft);
    setShown(faults);
    if (faults[0]) {
      document.getElementById(fieldIds[faults[0]])?.focus();
      return;
    }
    const {
      id: requestId,
      siteId: _site,
      channel: _channel,
      contactId: _contact,
      answer: _answer,
      ...asked
    } = registrationOf(draft, null);
    register.mutate({ ...asked, id: touch.id, requestId });
  };
  if (told)
    return (
      <section className="or-told" role="status">
        <b>{t('registered', { number: told.number })}</b>
        <p>{t('tellCode', { number: told.number, code: spoken(told.code) })}</p>
        <p className="soft">{t('promise', { at: format.moment(told.promise) })}</p>
        <div className="dialog-acts">
          <Button
            onClick={() => {
              keep(newDraft({ siteId: touch.siteId, point: touch.point ?? '' }));
              setTold(null);
              setShown([]);
            }}
          >
            {t('addAnother')}
          </Button>
          <Button kind="main" onClick={onClose}>
            {t('back')}
          </Button>
        </div>
      </section>
    );
  return (
    <section className="or-panel" aria-labelledby="or-need">
      <h2 id="or-need">{t('needOf', { place: directory.nameOf(touch.siteId) })}</h2>
      <RegistrationForm
        draft={draft}
        onCall
        placeKnown
        faults={shown}
        onChange={(next) => {
          keep(next);
          setShown((was) => was.filter((field) => faultsOf(next).includes(field)));
        }}
      />
      <div className="dialog-acts">
        {!sealed && (
          <Button kind="main" busy={register.isPending} onClick={submit}>
            {t('register')}
          </Button>
        )}
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </section>
  );
}
