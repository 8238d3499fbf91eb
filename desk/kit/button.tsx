import type { ButtonHTMLAttributes, Ref } from 'react';
import { Kbd } from './kbd.tsx';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'> {
  /** `main`: the one act of the page; `plain`: without a border. */
  kind?: 'main' | 'plain';
  small?: boolean;
  keys?: readonly string[];
  /** The act is under way: pressing again does nothing. */
  busy?: boolean;
  submit?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ kind, small, keys, busy = false, submit = false, disabled, children, ...rest }: Props) {
  const className = ['btn', kind, small && 'sm'].filter(Boolean).join(' ');
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={className}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys?.join('+').replace('Ctrl', 'Control')}
    >
      {children}
      {keys?.map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </button>
  );
}
