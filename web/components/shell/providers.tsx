'use client';

import { useState, type ReactNode } from 'react';
import { Provider } from 'urql';
import { createApiClient } from '../../lib/api-client';
import { OverviewProvider } from './overview';

export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createApiClient);
  return (
    <Provider value={client}>
      <OverviewProvider>{children}</OverviewProvider>
    </Provider>
  );
}
