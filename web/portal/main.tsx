import '../ui/ui.css';
import './portal.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { LanguageProvider } from '../ui/language.js';
import { keepLastKnown } from './last-known.js';
import { queries } from './queries.js';
import { router } from './router.js';
import { loaders } from './words.js';

keepLastKnown(queries);
createRoot(document.getElementById('page')!).render(
  <LanguageProvider loaders={loaders}>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </LanguageProvider>,
);
if (import.meta.env.PROD && 'serviceWorker' in navigator) void navigator.serviceWorker.register('/portal/sw.js');
