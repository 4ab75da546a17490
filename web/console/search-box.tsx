import { ActionIcon, Kbd, TextInput } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { only } from './parts/filters.js';
import { useWords } from './words.js';

/** Finds anything by its number from every page; `/` leads to it. A phone has the page of it instead. */
export function SearchBox() {
  const { find } = useWords().pages;
  const navigate = useNavigate();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (!box.current || box.current.offsetParent === null) return;
      event.preventDefault();
      box.current.select();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  const open = (typed: string) => {
    const number = typed.trim();
    if (number) void navigate({ to: '/find', search: only({ number }) });
  };
  return (
    <>
      <TextInput
        ref={box}
        type="search"
        aria-label={find.text}
        aria-keyshortcuts="/"
        placeholder={find.placeholder}
        maxLength={128}
        w={280}
        visibleFrom="sm"
        rightSection={<Kbd size="xs">/</Kbd>}
        onKeyDown={(event) => {
          if (event.key === 'Enter') open(event.currentTarget.value);
        }}
      />
      <ActionIcon component={Link} to="/find" variant="subtle" size="lg" hiddenFrom="sm" aria-label={find.find}>
        <svg
          viewBox="0 0 24 24"
          width="20"
          height="20"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
          aria-hidden="true"
        >
          <circle cx="10.5" cy="10.5" r="6.5" />
          <path d="m15.5 15.5 5.5 5.5" />
        </svg>
      </ActionIcon>
    </>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}
