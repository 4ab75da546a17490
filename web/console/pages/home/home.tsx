import './home.css';
import { lazy, Suspense } from 'react';
import { Page } from '../../parts/page.js';
import { useWords } from '../../words.js';
import { Waiting } from './waiting.js';

const Figures = lazy(() => import('../figures/figures.js'));

/** What waits for the person who is signed in, and how the business goes. */
export default function Home() {
  const { title } = useWords().pages.home;
  return (
    <Page title={title}>
      <Waiting />
      <Suspense>
        <Figures />
      </Suspense>
    </Page>
  );
}
