import { useRef, useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useT } from './words.ts';

interface Props {
  /** The secret to be shown, or null for none. */
  secret: string | null;
  title: string;
  text: string;
  onClose: () => void;
}

/** A password or token that is shown once; only the button says it was taken down. */
export function Once({ secret, title, text, onClose }: Props) {
  const t = useT();
  const place = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Where the clipboard is closed to an address without https, the secret is marked, ready for Ctrl+C.
    window.getSelection()?.selectAllChildren(place.current!);
    await navigator.clipboard?.writeText(secret ?? '').then(
      () => setCopied(true),
      () => undefined,
    );
  };
  const close = () => {
    setCopied(false);
    onClose();
  };
  return (
    <Dialog open={secret !== null} title={title} onClose={close}>
      <code ref={place} className="ac-secret">
        {secret}
      </code>
      <p>{text}</p>
      <div className="dialog-acts">
        <Button kind="main" onClick={() => void copy()}>
          {t(copied ? 'copied' : 'copy')}
        </Button>
        <Button onClick={close}>{t('close')}</Button>
      </div>
    </Dialog>
  );
}
