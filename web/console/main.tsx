import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '../ui/ui.css';
import './console.css';
import './print.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { client } from '../api/client.js';
import { LanguageProvider } from '../ui/language.js';
import { queries } from './queries.js';
import { router } from './router.js';
import { unattended } from './unattended.js';
import { loaders } from './words.js';

client.use(unattended);

const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: 9,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
});

createRoot(document.getElementById('page')!).render(
  <StrictMode>
    <LanguageProvider loaders={loaders}>
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <Notifications position="bottom-right" />
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageProvider>
  </StrictMode>,
);
