import { Button, Group, Text } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';

interface Props {
  /** What may be dropped here. */
  label: string;
  /** On the button for who does not drag. */
  button: string;
  /** As `<input accept>`. */
  accept: string;
  onFiles: (files: readonly File[]) => void;
}

/** A place to drop files on, with a button that chooses them instead. */
export function DropZone({ label, button, accept, onFiles }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <Group
      className="drop-zone no-print"
      data-over={over || undefined}
      justify="center"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Text>{label}</Text>
      <Button onClick={() => input.current?.click()}>{button}</Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={button}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </Group>
  );
}
