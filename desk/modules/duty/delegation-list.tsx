import { dutyEndpoints as api, type DelegationView } from '../../../contract/duty.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { useFormat } from '../../app/format.ts';
import { now } from '../../app/now.ts';
import { Button } from '../../kit/button.tsx';
import { notify } from '../../kit/notify.tsx';
import { useRoleWords } from '../access/roles.ts';
import { useT } from './words.ts';

const tones = { asked: 'tag near', approved: 'tag good', refused: 'tag', ended: 'tag' } as const;

/** Who acts for whom, in which box of time; a leader who is neither decides, any of them ends it. */
export function DelegationList({ delegations }: { delegations: readonly DelegationView[] }) {
  const t = useT();
  const role = useRoleWords();
  const format = useFormat();
  const directory = useDirectory();
  const options = { refreshes: [['duty']], onFail: notify.problem };
  const decide = useAct(api.decideDelegation, options);
  const end = useAct(api.endDelegation, options);
  return (
    <ul className="du-rows">
      {delegations.map((one) => (
        <li key={one.id}>
          <span className={tones[one.state]}>
            {t(
              one.state === 'ended'
                ? 'ended_state'
                : one.state === 'approved' && Date.parse(one.from) > now()
                  ? 'approvedAhead'
                  : one.state,
            )}
          </span>
          <span className="cut">
            {t('delegationLine', { from: one.fromName, role: role.or(one.role, one.role), to: one.toName })}
            <br />
            <span className="small soft">
              {directory.nameOf(one.nodeId)} · {format.moment(one.from)} – {format.moment(one.to)} · {one.reason}
            </span>
          </span>
          {one.can.decide && (
            <>
              <Button
                small
                busy={decide.isPending}
                onClick={() => decide.mutate({ id: one.id, version: one.version, approve: true })}
              >
                {t('approve')}
              </Button>
              <Button
                small
                busy={decide.isPending}
                onClick={() => decide.mutate({ id: one.id, version: one.version, approve: false })}
              >
                {t('refuse')}
              </Button>
            </>
          )}
          {one.can.end && !one.can.decide && (
            <Button small busy={end.isPending} onClick={() => end.mutate({ id: one.id, version: one.version })}>
              {t('end')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
