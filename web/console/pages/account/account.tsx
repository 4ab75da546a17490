import { Text } from '@mantine/core';
import { Moment } from '../../../ui/moment.js';
import { Facts } from '../../parts/facts.js';
import { Page } from '../../parts/page.js';
import { Section } from '../../parts/section.js';
import { useMe, useSession } from '../../session.js';
import { useWords } from '../../words.js';
import { ChangePassword } from './change-password.js';
import { SecondFactor } from './second-factor.js';
import { Sessions } from './sessions.js';

/** The person's own account: who they are here, until when, and their second factor. */
export default function Account() {
  const { pages, states } = useWords();
  const texts = pages.account;
  const { session } = useSession();
  const me = useMe();
  return (
    <Page title={texts.title}>
      <Facts
        items={[
          [texts.email, me.email],
          [texts.roles, me.roles.map((role) => states.role[role][0]).join(' · ')],
          [texts.sessionEnds, session && <Moment key="ends" at={session.expiresAt} />],
        ]}
      />
      <Section title={texts.secondFactor}>
        <Text>{texts.secondFactorText}</Text>
        <SecondFactor />
      </Section>
      <Section title={texts.password} actions={<ChangePassword />}>
        <Text>{texts.passwordText}</Text>
      </Section>
      <Sessions />
    </Page>
  );
}
