import './app/no-eval.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './kit/tokens.css';
import './kit/desk.css';
import { queries } from './app/queries.ts';
import { router } from './app/router.tsx';
import { SessionProvider } from './app/session.tsx';
import { KitTheme } from './kit/theme.tsx';

createRoot(document.getElementById('desk')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <KitTheme>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </KitTheme>
    </QueryClientProvider>
  </StrictMode>,
);
