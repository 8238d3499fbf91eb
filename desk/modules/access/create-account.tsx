import { useState } from 'react';
import { accessEndpoints as api } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
import { ProblemError } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Field } from '../../kit/field.tsx';
import { Notice } from '../../kit/notice.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { Once } from './once.tsx';
import { useT } from './words.ts';

const empty = { login: '', label: '', staffNo: '', homeNodeId: null as number | null };
const places = ['group', 'unit', 'site'] as const;

/** A new account; what it may do is granted by somebody else. */
export function CreateAccount({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const problem = useProblemText();
  const [draft, change, drop] = useDraft('account', empty);
  const [shown, setShown] = useState(false);
  const [made, setMade] = useState<{ who: string; password: string } | null>(null);
  const create = useAct(api.createAccount, {
    refreshes: [['accounts']],
    onDone: ({ oneTimePassword }) => {
      setMade({ who: draft.label, password: oneTimePassword });
      drop();
      setShown(false);
      onClose();
    },
  });
  const taken = create.error instanceof ProblemError && create.error.code === 'login_taken';
  const faults = {
    login: taken ? t('loginTaken') : /^[a-z0-9_.-]{2,40}$/i.test(draft.login.trim()) ? undefined : t('loginBad'),
    label: draft.label.trim() ? undefined : t('labelNeeded'),
    homeNodeId: draft.homeNodeId === null ? t('homeNeeded') : undefined,
  };
  const submit = () => {
    setShown(true);
    if ((faults.login && !taken) || faults.label || draft.homeNodeId === null) return;
    create.mutate({
      login: draft.login.trim(),
      label: draft.label.trim(),
      staffNo: draft.staffNo.trim() || undefined,
      homeNodeId: draft.homeNodeId,
    });
  };
  const line = (name: 'login' | 'label' | 'staffNo', label: string, most: number, hint?: string, fault?: string) => (
    <TextField
      label={label}
      hint={hint}
      fault={shown ? fault : undefined}
      maxLength={most}
      line={{ autoComplete: 'off' }}
      value={draft[name]}
      onChange={(typed) => {
        change({ [name]: typed });
        create.reset();
      }}
    />
  );
  return (
    <>
      <Dialog open={open} title={t('create')} onClose={onClose}>
        <form
          className="ac-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {line('label', t('label'), 60, undefined, faults.label)}
          {line('login', t('login'), 40, t('loginHint'), faults.login)}
          {line('staffNo', t('staffNoOptional'), 40)}
          <Field label={t('home')} fault={shown ? faults.homeNodeId : undefined}>
            {({ id }) => (
              <OrgPicker
                id={id}
                label={t('home')}
                kinds={places}
                value={draft.homeNodeId}
                onChange={(homeNodeId) => change({ homeNodeId })}
              />
            )}
          </Field>
          {create.error && !taken && (
            <Notice kind="near" alert>
              {problem(create.error)}
            </Notice>
          )}
          <div className="dialog-acts">
            <Button kind="main" submit busy={create.isPending}>
              {t('createSave')}
            </Button>
            <Button onClick={onClose}>{t('cancel')}</Button>
          </div>
        </form>
      </Dialog>
      <Once
        secret={made?.password ?? null}
        title={t('onceTitle')}
        text={t('onceText', { who: made?.who ?? '' })}
        onClose={() => setMade(null)}
      />
    </>
  );
}
