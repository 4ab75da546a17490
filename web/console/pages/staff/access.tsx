import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import { client, type Schema } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { ActionDialog, useAction } from '../../parts/action.js';
import { useMe, type Role } from '../../session.js';
import { useWords } from '../../words.js';
import type { ShowLink } from './link-once.js';
import { RoleBoxes } from './roles.js';

type Member = Schema<'StaffDto'>;

const QUIET = { variant: 'default', size: 'compact-sm' } as const;

/** Whether a member of staff may sign in, and what an admin can do about it. */
export function Access({ member, show }: { member: Member; show: ShowLink }) {
  const { states, pages } = useWords();
  const texts = pages.staff;
  const me = useMe();
  if (member.id === me.id) return texts.yourself;
  const { active, deactivated, invitedUntil, waitingChange } = member;
  return (
    <Group gap="xs">
      {deactivated && texts.inactive}
      {waitingChange && states.staffChange.waiting[0]}
      {invitedUntil && (
        <Text size="sm">
          {texts.invited} <Moment at={invitedUntil} />
        </Text>
      )}
      {!active && !deactivated && !invitedUntil && !waitingChange && texts.noLink}
      {active && !member.ownPassword && <span title={texts.handedOverText}>{texts.handedOver}</span>}
      {deactivated && !waitingChange && <Reactivate member={member} show={show} />}
      {active && <SignOutEverywhere member={member} />}
      {active && !waitingChange && <Link member={member} show={show} way="password-reset" />}
      {!active && !deactivated && !waitingChange && <Link member={member} show={show} way="invitation" />}
      {invitedUntil && <WithdrawLink member={member} />}
      {!deactivated && <Deactivate member={member} />}
    </Group>
  );
}

function Deactivate({ member: { id, email } }: { member: Member }) {
  const texts = useWords().pages.staff;
  const action = useAction(
    (headers) => client.POST('/v1/staff/{id}/deactivate', { params: { path: { id } }, headers }),
    () => texts.deactivated(email),
  );
  return (
    <ActionDialog
      label={texts.deactivate}
      title={texts.deactivateTitle(email)}
      confirm={texts.deactivate}
      action={action}
      button={QUIET}
    >
      <Text size="sm">{texts.deactivateText}</Text>
    </ActionDialog>
  );
}

function Reactivate({ member: { id, email, roles: held }, show }: { member: Member; show: ShowLink }) {
  const texts = useWords().pages.staff;
  const [roles, setRoles] = useState<Role[]>(held);
  const action = useAction(
    (headers) => client.POST('/v1/staff/{id}/reactivate', { params: { path: { id } }, headers, body: { roles } }),
    (member) => {
      show(member);
      return member.waitingChange ? texts.asked(email) : texts.reactivated(email);
    },
  );
  return (
    <ActionDialog
      label={texts.reactivate}
      title={texts.reactivateTitle(email)}
      confirm={texts.reactivate}
      action={action}
      ready={roles.length > 0}
      button={QUIET}
    >
      <Text size="sm">{texts.addText}</Text>
      <RoleBoxes roles={roles} onChange={setRoles} />
    </ActionDialog>
  );
}

function Link(props: { member: Member; show: ShowLink; way: 'password-reset' | 'invitation' }) {
  const { member, show, way } = props;
  const { id, email } = member;
  const texts = useWords().pages.staff;
  const [label, title, text, done] =
    way === 'invitation'
      ? [texts.resend, texts.resendTitle, texts.resendText, texts.resent]
      : [texts.reset, texts.resetTitle, texts.resetText, texts.resetDone];
  const action = useAction(
    (headers) =>
      way === 'invitation'
        ? client.POST('/v1/staff/{id}/invitation', { params: { path: { id } }, headers })
        : client.POST('/v1/staff/{id}/password-reset', { params: { path: { id } }, headers }),
    (changed) => {
      show(changed);
      return changed.waitingChange ? texts.asked(email) : done(email);
    },
  );
  return (
    <ActionDialog label={label} title={title(email)} confirm={label} action={action} button={QUIET}>
      <Text size="sm">{text}</Text>
    </ActionDialog>
  );
}

function WithdrawLink({ member: { id, email } }: { member: Member }) {
  const texts = useWords().pages.staff;
  const action = useAction(
    () => client.DELETE('/v1/staff/{id}/invitation', { params: { path: { id } } }),
    () => texts.linkWithdrawn(email),
  );
  return (
    <ActionDialog
      label={texts.withdrawLink}
      title={texts.withdrawLinkTitle(email)}
      confirm={texts.withdrawLink}
      action={action}
      button={QUIET}
    >
      <Text size="sm">{texts.withdrawLinkText}</Text>
    </ActionDialog>
  );
}

function SignOutEverywhere({ member: { id, email } }: { member: Member }) {
  const texts = useWords().pages.staff;
  const action = useAction(
    () => client.DELETE('/v1/staff/{id}/sessions', { params: { path: { id } } }),
    () => texts.signedOut(email),
  );
  return (
    <ActionDialog
      label={texts.signOut}
      title={texts.signOutTitle(email)}
      confirm={texts.signOut}
      action={action}
      button={QUIET}
    >
      <Text size="sm">{texts.signOutText}</Text>
    </ActionDialog>
  );
}
