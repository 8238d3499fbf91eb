import { useState } from 'react';
import { accessEndpoints as api, tokenScopes as scopes } from '../../../contract/access.ts';
import { useAct } from '../../app/act.ts';
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

type Scope = (typeof scopes)[number];
const empty = { name: '', scopes: [] as Scope[], siteId: null as number | null };
const onlySites = ['site'] as const;

/** A token for one program; shown once. */
export function CreateToken({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT();
  const problem = useProblemText();
  const [draft, change, drop] = useDraft('token', empty);
  const [shown, setShown] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const create = useAct(api.createToken, {
    refreshes: [['tokens']],
    onDone: (answer) => {
      setToken(answer.token);
      drop();
      setShown(false);
      onClose();
    },
  });
  const nameBad = draft.name.trim().length < 2;
  const submit = () => {
    setShown(true);
    if (nameBad || draft.scopes.length === 0) return;
    create.mutate({ name: draft.name.trim(), scopes: draft.scopes, siteId: draft.siteId });
  };
  const toggle = (scope: Scope, on: boolean) =>
    change({ scopes: scopes.filter((each) => (each === scope ? on : draft.scopes.includes(each))) });
  return (
    <>
      <Dialog open={open} title={t('tokenCreate')} onClose={onClose}>
        <form
          className="ac-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextField
            label={t('tokenName')}
            hint={t('tokenNameHint')}
            fault={shown && nameBad ? t('tokenNameBad') : undefined}
            maxLength={60}
            value={draft.name}
            onChange={(name) => change({ name })}
          />
          <fieldset className="field">
            <legend className="small soft">{t('scopes')}</legend>
            {scopes.map((scope) => (
              <label key={scope} className="check">
                <input
                  type="checkbox"
                  checked={draft.scopes.includes(scope)}
                  onChange={(event) => toggle(scope, event.target.checked)}
                />
                {t(scope)}
              </label>
            ))}
            {shown && draft.scopes.length === 0 && (
              <p className="fault" role="alert">
                {t('scopesNeeded')}
              </p>
            )}
          </fieldset>
          <Field label={t('tokenSite')}>
            {({ id }) => (
              <OrgPicker
                id={id}
                label={t('tokenSite')}
                placeholder={t('wholeGroup')}
                kinds={onlySites}
                clearable
                value={draft.siteId}
                onChange={(siteId) => change({ siteId })}
              />
            )}
          </Field>
          {create.error && (
            <Notice kind="near" alert>
              {problem(create.error)}
            </Notice>
          )}
          <div className="dialog-acts">
            <Button kind="main" submit busy={create.isPending}>
              {t('tokenSave')}
            </Button>
            <Button onClick={onClose}>{t('cancel')}</Button>
          </div>
        </form>
      </Dialog>
      <Once secret={token} title={t('onceTokenTitle')} text={t('onceTokenText')} onClose={() => setToken(null)} />
    </>
  );
}
