import {
  taskEndpoints as api,
  type MovementDirection,
  movementDirections,
  type ProblemView,
} from '../../../contract/tasks.ts';
import type { StoredFile } from '../../app/api.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { isStale } from '../../app/queries.ts';
import { Field, LinePicker, TextField } from '../../kit/index.ts';
import { Choices } from '../requests/forms/choices.tsx';
import { Evidence } from '../requests/forms/evidence.tsx';
import { SupervisionForm, splitReferences, useReadVersion, useSupervisionForm } from './form.tsx';
import { PersonPicker } from './person-picker.tsx';
import { useT } from './words.ts';

interface Props {
  problem: ProblemView;
  onClose: () => void;
}

interface MovementDraft {
  direction: MovementDirection | null;
  text: string;
}
const noMovement: MovementDraft = { direction: null, text: '' };

export function MovementForm({ problem, onClose }: Props) {
  const t = useT();
  const { draft, change, sending } = useSupervisionForm(api.move, {
    keptAs: `movement.${problem.id}`,
    empty: noMovement,
    said: t('done'),
    onDone: onClose,
  });
  return (
    <SupervisionForm
      act={sending}
      label={t('recordMovement')}
      missing={[draft.direction === null && t('thisWeek'), draft.text.trim().length < 2 && t('movementWords')]}
      onSend={() => sending.mutate({ id: problem.id, direction: draft.direction!, text: draft.text.trim() })}
      onCancel={onClose}
    >
      <Choices
        label={t('thisWeek')}
        value={draft.direction}
        options={movementDirections}
        word={(one) => t(`dir_${one}`)}
        onChange={(direction) => change({ direction })}
      />
      <TextField
        label={t('movementWords')}
        rows={3}
        maxLength={2000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
    </SupervisionForm>
  );
}

interface MemberDraft {
  accountId: string | null;
  lineId: number | null;
  leads: boolean;
  returnDue: string;
}
const noMember: MemberDraft = { accountId: null, lineId: null, leads: false, returnDue: '' };

export function MemberForm({ problem, onClose }: Props) {
  const t = useT();
  const format = useFormat();
  const { draft, change, sending } = useSupervisionForm(api.addMember, {
    keptAs: `member.${problem.id}`,
    empty: noMember,
    said: t('done'),
    onDone: onClose,
  });
  return (
    <SupervisionForm
      act={sending}
      label={t('addMember')}
      missing={[draft.accountId === null && t('ownerPerson')]}
      onSend={() =>
        sending.mutate({
          id: problem.id,
          accountId: draft.accountId!,
          lineId: draft.lineId ?? undefined,
          leads: draft.leads,
          returnDue: draft.returnDue ? format.instant(`${draft.returnDue}T18:00`) : undefined,
        })
      }
      onCancel={onClose}
    >
      <div className="ta-two">
        <Field label={t('ownerPerson')}>
          {({ id }) => (
            <PersonPicker
              id={id}
              label={t('ownerPerson')}
              value={draft.accountId}
              onChange={(accountId) => change({ accountId })}
            />
          )}
        </Field>
        <Field label={t('memberLine')}>
          {({ id }) => (
            <LinePicker
              id={id}
              clearable
              label={t('memberLine')}
              value={draft.lineId}
              onChange={(lineId) => change({ lineId })}
            />
          )}
        </Field>
        <TextField
          label={t('memberReturn')}
          value={draft.returnDue}
          onChange={(returnDue) => change({ returnDue })}
          line={{ type: 'date', min: format.local(now()).slice(0, 10) }}
        />
        <label className="check">
          <input type="checkbox" checked={draft.leads} onChange={(event) => change({ leads: event.target.checked })} />
          {t('memberLeads')}
        </label>
      </div>
    </SupervisionForm>
  );
}

const noNumber = { number: '' };

export function LinkForm({ problem, onClose }: Props) {
  const t = useT();
  const { draft, change, sending } = useSupervisionForm(api.link, {
    keptAs: `link.${problem.id}`,
    empty: noNumber,
    said: t('done'),
    onDone: onClose,
  });
  return (
    <SupervisionForm
      act={sending}
      label={t('addLink')}
      missing={[draft.number.trim().length < 3 && t('linkNumber')]}
      onSend={() => sending.mutate({ id: problem.id, number: draft.number.trim() })}
      onCancel={onClose}
    >
      <TextField
        label={t('linkNumber')}
        maxLength={40}
        value={draft.number}
        onChange={(number) => change({ number })}
      />
    </SupervisionForm>
  );
}

interface ClosingDraft {
  text: string;
  files: readonly StoredFile[];
  references: string;
}
const noClosing: ClosingDraft = { text: '', files: [], references: '' };

export function ClosingForm({ problem, onClose }: Props) {
  const t = useT();
  const { read, seen } = useReadVersion(problem.version);
  const { draft, change, sending } = useSupervisionForm(api.closeProblem, {
    keptAs: `closing.${problem.id}`,
    empty: noClosing,
    said: t('state_closed'),
    onDone: onClose,
  });
  const references = splitReferences(draft.references);
  return (
    <SupervisionForm
      act={sending}
      label={t('closeProblem')}
      missing={[
        draft.text.trim().length < 2 && t('closeWords'),
        draft.files.length + references.length === 0 && t('evidenceEither'),
      ]}
      onSend={() => {
        seen();
        sending.mutate({
          id: problem.id,
          version: isStale(sending.error) ? problem.version : read,
          text: draft.text.trim(),
          fileIds: draft.files.map((file) => file.id),
          references,
        });
      }}
      onCancel={onClose}
    >
      <TextField
        label={t('closeWords')}
        rows={3}
        maxLength={2000}
        value={draft.text}
        onChange={(text) => change({ text })}
      />
      <Evidence files={draft.files} onChange={(files) => change({ files })} />
      <TextField
        label={t('references')}
        hint={t('referencesHint')}
        value={draft.references}
        onChange={(value) => change({ references: value })}
      />
    </SupervisionForm>
  );
}
