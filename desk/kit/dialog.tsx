import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { defineWords, useWords } from '../app/words.ts';
import { Glyph } from './glyph.tsx';

const words = defineWords({ close: ['关闭', 'Close'] });

const firstField = '.dialog-body :is(input, textarea, select):not([tabindex="-1"], :disabled)';

interface Props {
  open: boolean;
  title: string;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus, closes on Escape and gives the focus back. */
export function Dialog({ open, ...content }: Props) {
  return open ? <OpenDialog {...content} /> : null;
}

function OpenDialog({ title, onClose, wide, children }: Omit<Props, 'open'>) {
  const t = useWords(words);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Before the content's own effects, so that a form may put the focus on its first field.
  useLayoutEffect(() => {
    const element = dialog.current!;
    if (!element.open) element.showModal();
    // The browser would put it on the cross, where a stray Enter closes what has just been opened; on the button of a
    // question it would answer it. A field takes a stray Enter, and so does the dialog itself.
    (element.querySelector<HTMLElement>(firstField) ?? element).focus();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={titleId}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-btn" aria-label={t('close')} onClick={onClose}>
          <Glyph name="cross" />
        </button>
      </header>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
