import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';

/** What waits for the person who is signed in. */
export default function Home() {
  const { title } = useWords().pages.home;
  return <Page title={title}>{null}</Page>;
}
