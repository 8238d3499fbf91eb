import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useT } from './words.ts';

interface Props {
  open: boolean;
  busy: boolean;
  title: string;
  text: string;
  act: string;
  onAct: () => void;
  onClose: () => void;
}

/** Asks once more and says what will follow. */
export function Confirm({ open, busy, title, text, act, onAct, onClose }: Props) {
  const t = useT();
  return (
    <Dialog open={open} title={title} onClose={onClose}>
      <p>{text}</p>
      <div className="dialog-acts">
        <Button kind="main" busy={busy} onClick={onAct}>
          {act}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </Dialog>
  );
}
