import '../ui/ui.css';
import './shop.css';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from '../ui/language.js';
import { Page } from './page.js';
import { loaders } from './words.js';

createRoot(document.getElementById('page')!).render(
  <LanguageProvider loaders={loaders}>
    <Page />
  </LanguageProvider>,
);
