import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useWords } from '../app/words.ts';
import { Icon, type IconName } from './icon.tsx';

/** Where am I. The heading takes the focus when a page is opened, so that a screen reader starts there. */
export function Bar({
  title,
  line,
  children,
}: {
  title: ComponentChildren;
  line?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="bar">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {line && <p>{line}</p>}
      </div>
      {children}
    </header>
  );
}

export function Section({ title, note }: { title: string; note?: ComponentChildren }) {
  return (
    <div class="section">
      <h2>{title}</h2>
      {note && <small>{note}</small>}
    </div>
  );
}

/** The only acts this person may take now, under the thumb. */
export function Dock({ children }: { children: ComponentChildren }) {
  return <nav class="dock">{children}</nav>;
}

export function Back({ to }: { to: string }) {
  const words = useWords();
  return (
    <a class="button square" href={`#${to}`}>
      <Icon name="back" />
      {words.back}
    </a>
  );
}

/** A telephone number to tap. */
export function Ring({ number, label, look = '' }: { number: string; label: ComponentChildren; look?: string }) {
  return (
    <a class={`button ${look}`} href={`tel:${number}`}>
      <Icon name="phone" />
      <span>{label}</span>
    </a>
  );
}

export function Wrong({ id, children }: { id?: string; children?: ComponentChildren }) {
  return (
    <p class="wrong" id={id} role="alert">
      <Icon name="warn" />
      <span>{children}</span>
    </p>
  );
}

export function Note({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <p class="note">
      <Icon name={icon} />
      <span>{children}</span>
    </p>
  );
}

/** A sheet over the page: the browser's own dialog keeps the focus inside and closes on Escape or Back. */
export function Sheet({ label, onClose, children }: { label: string; onClose(): void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (!current) return;
    if (current.showModal) current.showModal();
    else current.setAttribute('open', '');
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}
