import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Frame } from '../components/shell/frame';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Lookalike', template: '%s · Lookalike' },
  description: 'A self-hosted reverse image search engine, trained on your own pictures.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-GB" suppressHydrationWarning>
      <head>
        {/* Not deferred: it must run before the first paint. */}
        <script src="/theme.js" />
      </head>
      <body className="font-sans antialiased">
        <Frame>{children}</Frame>
      </body>
    </html>
  );
}
