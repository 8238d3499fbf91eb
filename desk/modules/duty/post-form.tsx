import { useState } from 'react';
import { dutyEndpoints as api, type DutyPost, dutyHours, type HoursCode, hoursCodes } from '../../../contract/duty.ts';
import { useAct } from '../../app/act.ts';
import { randomId } from '../../app/identifier.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { LinePicker } from '../../kit/line-picker.tsx';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

const stages = ['S0', 'S1', 'S2', 'S3', 'S4'] as const;

/** What must be manned: which hours, in which stages, and the number that rings whoever is on. */
export function PostForm({ nodeId, post, onClose }: { nodeId: number; post: DutyPost | null; onClose: () => void }) {
  const t = useT();
  const language = useLocale();
  const [id] = useState(() => post?.id ?? randomId());
  const [zh, setZh] = useState(post?.zh ?? '');
  const [en, setEn] = useState(post?.en ?? '');
  const [hours, setHours] = useState<readonly HoursCode[]>(post?.hours ?? []);
  const [line, setLine] = useState<number | null>(post?.lineId ?? null);
  const [standby, setStandby] = useState(post?.standby ?? false);
  const [wanted, setWanted] = useState<readonly string[]>(post?.stages ?? ['S1', 'S2', 'S3']);
  const [phone, setPhone] = useState(post?.phone ?? '');
  const [complained, setComplained] = useState(false);
  const options = { refreshes: [['duty']], onFail: notify.problem };
  const save = useAct(api.savePost, {
    ...options,
    onDone: () => {
      notify.good(t('saved'));
      onClose();
    },
  });
  const end = useAct(api.endPost, { ...options, onDone: onClose });
  const toggled = <T,>(all: readonly T[], one: T): T[] =>
    all.includes(one) ? all.filter((other) => other !== one) : [...all, one];
  const right = zh.trim() !== '' && hours.length > 0 && wanted.length > 0;
  return (
    <Dialog open title={t(post ? 'editPost' : 'newPost')} onClose={onClose}>
      <form
        className="du-form"
        onSubmit={(event) => {
          event.preventDefault();
          setComplained(true);
          if (!right || save.isPending) return;
          save.mutate({
            id,
            version: post?.version ?? null,
            nodeId,
            lineId: line,
            zh: zh.trim(),
            en: en.trim() || zh.trim(),
            hours: hoursCodes.filter((code) => hours.includes(code)),
            standby,
            stages: stages.filter((code) => wanted.includes(code)),
            phone: phone.trim() || undefined,
          });
        }}
      >
        <TextField
          label={t('zhName')}
          value={zh}
          maxLength={40}
          fault={complained && zh.trim() === '' ? t('needName') : undefined}
          onChange={setZh}
        />
        <TextField label={t('enName')} value={en} maxLength={60} onChange={setEn} />
        <fieldset>
          <legend className="small soft">{t('whichHours')}</legend>
          <div className="choices">
            {hoursCodes.map((code) => (
              <label key={code}>
                <input type="checkbox" checked={hours.includes(code)} onChange={() => setHours(toggled(hours, code))} />
                {nameIn(dutyHours[code], language)}
              </label>
            ))}
          </div>
        </fieldset>
        {complained && hours.length === 0 && <p className="over small">{t('needHours')}</p>}
        <fieldset>
          <legend className="small soft">{t('stages')}</legend>
          <div className="choices">
            {stages.map((code) => (
              <label key={code}>
                <input
                  type="checkbox"
                  checked={wanted.includes(code)}
                  onChange={() => setWanted(toggled(wanted, code))}
                />
                {code}
              </label>
            ))}
          </div>
        </fieldset>
        {complained && wanted.length === 0 && <p className="over small">{t('needStages')}</p>}
        <label className="check">
          <input type="checkbox" checked={standby} onChange={() => setStandby(!standby)} />
          {t('standby')}
        </label>
        <div className="field">
          <span className="label">{t('line')}</span>
          <LinePicker label={t('line')} clearable value={line} onChange={setLine} />
        </div>
        <TextField label={t('phone')} value={phone} maxLength={40} line={{ inputMode: 'tel' }} onChange={setPhone} />
        <div className="dialog-acts">
          <Button kind="main" submit busy={save.isPending}>
            {t('save')}
          </Button>
          {post && (
            <Button busy={end.isPending} onClick={() => end.mutate({ id: post.id, version: post.version })}>
              {t('endPost')}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
