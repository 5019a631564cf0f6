'use client';

/** Where the frame of the pages itself fails: nothing of it, nor its styles, is there to be used. */
export default function ConsoleError({ error }: { error: unknown }) {
  const reason = error instanceof Error ? error.message : String(error);
  return (
    <html lang="en-GB">
      <body>
        <h1>The console ran into a fault of ours</h1>
        <p>
          Reload the page. If it comes back, report this text: <code>{reason}</code>
        </p>
        <button type="button" onClick={() => window.location.reload()}>
          Reload
        </button>
      </body>
    </html>
  );
}
