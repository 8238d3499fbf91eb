import { useState } from 'react';
import { Button, Dialog, TextField } from '../../kit/index.ts';

/** One reason to be typed, and an act that carries it. */
export function WithWords({
  title,
  label,
  busy,
  onDo,
  onClose,
}: {
  title: string;
  label: string;
  busy: boolean;
  onDo: (words: string) => void;
  onClose: () => void;
}) {
  const [words, setWords] = useState('');
  const [complained, setComplained] = useState(false);
  return (
    <Dialog open title={title} onClose={onClose}>
      <form
        className="pl-form"
        onSubmit={(event) => {
          event.preventDefault();
          setComplained(true);
          if (words.trim() !== '') onDo(words.trim());
        }}
      >
        <TextField
          label={label}
          rows={3}
          maxLength={500}
          value={words}
          fault={complained && words.trim() === '' ? label : undefined}
          onChange={setWords}
        />
        <Button kind="main" submit busy={busy}>
          {title}
        </Button>
      </form>
    </Dialog>
  );
}
