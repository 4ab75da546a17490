import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useWords } from '../words.js';

/** A password, with a button that shows what was typed. */
export function PasswordField(props: PasswordInputProps) {
  const { showPassword } = useWords().pages.account;
  return <PasswordInput {...props} visibilityToggleButtonProps={{ 'aria-label': showPassword }} />;
}
