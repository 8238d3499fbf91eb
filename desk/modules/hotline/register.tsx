import { useDirectory } from '../../app/directory.ts';
import { useMe } from '../../app/session.tsx';
import { RegistrationDesk } from './desk.tsx';
import { useT } from './words.ts';
import './hotline.css';

/** The site officer's page: register for somebody who told them, wrote a note, or was found on a round. */
export default function RegisterPage() {
  const t = useT();
  const home = useDirectory().node(useMe().homeNodeId);
  return (
    <div className="hl-page">
      <header className="hl-bar">
        <h1>{t('registerTitle')}</h1>
        <span className="grow" />
        <span className="soft small">{t('keptHint')}</span>
      </header>
      <RegistrationDesk
        keptAs="lastmetre.register.draft"
        call={null}
        start={{ siteId: home?.kind === 'site' ? home.id : null }}
      />
    </div>
  );
}
