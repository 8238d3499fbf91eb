import { useState } from 'react';
import { requestEndpoints } from '../../../../contract/requests.ts';
import { useDirectory } from '../../../app/directory.ts';
import { Notice } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';
import { Choices } from './choices.tsx';
import { FormFrame, type FormProps, useFormAct } from './form-act.tsx';

const lines = ['care', 'oversight'] as const;

/** One key and one confirmation: the content is erased and a stub stays (rules 5). */
export function SealedForm({ thread, onDone, onCancel }: FormProps) {
  const t = useActWords();
  const { group } = useDirectory();
  const [to, setTo] = useState<(typeof lines)[number] | null>(null);
  const act = useFormAct(requestEndpoints.moveToSealed, thread, {
    said: t('done_moveToSealed', { number: thread.number }),
    onDone,
  });
  return (
    <FormFrame
      thread={thread}
      act={act}
      label={t('sealedConfirm')}
      missing={[to === null && t('sealedTo')]}
      onSend={() => act.mutate({ id: thread.id, version: act.read, to: to! })}
      onCancel={onCancel}
    >
      <Notice kind="seal">{t('sealedLead')}</Notice>
      <Choices
        label={t('sealedTo')}
        value={to}
        options={lines}
        word={(each) => `${t(`sealed_${each}`)} ${each === 'care' ? group.careLine : group.oversightLine}`}
        onChange={setTo}
      />
    </FormFrame>
  );
}
