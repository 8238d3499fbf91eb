import { useState } from 'react';
import { accessEndpoints as api } from '../../../contract/access.ts';
import { administratorRoles, type Role, roles } from '../../../contract/permissions.ts';
import { useAct } from '../../app/act.ts';
import { ProblemError } from '../../app/api.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button } from '../../kit/button.tsx';
import { Field } from '../../kit/field.tsx';
import { LinePicker } from '../../kit/line-picker.tsx';
import { Notice } from '../../kit/notice.tsx';
import { notify } from '../../kit/notify.tsx';
import { OrgPicker } from '../../kit/org-picker.tsx';
import type { Account } from './account-panel.tsx';
import { needsLine, useRoleWords } from './roles.ts';
import { useT } from './words.ts';

const everywhere = ['group', 'sector', 'unit', 'site'] as const;

/** A role over a part of the group and, where it means something, over one line. */
export function GrantForm({ account }: { account: Account }) {
  const t = useT();
  const roleWord = useRoleWords();
  const problem = useProblemText();
  const [role, setRole] = useState<Role | ''>('');
  const [nodeId, setNodeId] = useState<number | null>(account.homeNodeId);
  const [lineId, setLineId] = useState<number | null>(null);
  const [shown, setShown] = useState(false);
  const grant = useAct(api.grant, {
    refreshes: [['accounts']],
    onDone: () => {
      if (role) notify.good(t('granted', { role: roleWord(role) }));
      setRole('');
      setLineId(null);
      setShown(false);
    },
  });
  const lineMissing = role !== '' && needsLine(role) && lineId === null;
  const held = account.grants.find((one) => administratorRoles.includes(one.role));
  const exclusive = role !== '' && administratorRoles.includes(role) && held !== undefined;
  const refused = grant.error instanceof ProblemError && grant.error.code === 'administrator_exclusive';
  const submit = () => {
    setShown(true);
    if (role === '' || nodeId === null || lineMissing || exclusive) return;
    grant.mutate({ id: account.id, role, nodeId, lineId: needsLine(role) ? lineId : null });
  };
  return (
    <form
      className="ac-form"
      aria-label={t('grantTo', { who: account.label })}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h3>{t('grant')}</h3>
      <Field label={t('role')} fault={shown && role === '' ? t('roleNeeded') : undefined}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={role}
            onChange={(event) => {
              setRole(event.target.value as Role | '');
              grant.reset();
            }}
          >
            <option value="">{t('roleNeeded')}</option>
            {roles.map((each) => (
              <option key={each} value={each}>
                {roleWord(each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('over')} hint={t('overHint')} fault={shown && nodeId === null ? t('overNeeded') : undefined}>
        {({ id }) => <OrgPicker id={id} label={t('over')} kinds={everywhere} value={nodeId} onChange={setNodeId} />}
      </Field>
      {role !== '' && needsLine(role) && (
        <Field label={t('line')} fault={shown && lineMissing ? t('lineNeeded') : undefined}>
          {({ id }) => <LinePicker id={id} label={t('line')} value={lineId} onChange={setLineId} />}
        </Field>
      )}
      {(exclusive || refused) && (
        <Notice kind="near" alert>
          {t('exclusive')}
        </Notice>
      )}
      {grant.error && !refused && (
        <Notice kind="near" alert>
          {problem(grant.error)}
        </Notice>
      )}
      <div className="dialog-acts">
        <Button kind="main" submit busy={grant.isPending} disabled={exclusive}>
          {t('grantSave')}
        </Button>
      </div>
    </form>
  );
}
