import type { Metadata } from 'next';
import Link from 'next/link';
import { Examples } from '../../components/api/examples';
import { PageHeader } from '../../components/elements/page-header';
import { Section } from '../../components/elements/section';

export const metadata: Metadata = { title: 'API' };

export default function Page() {
  return (
    <>
      <PageHeader
        title="API"
        actions={
          <span className="flex flex-wrap gap-x-5 gap-y-1 pt-2">
            <a className="link text-sm" href="/graphiql" target="_blank">
              Open GraphiQL in a tab
            </a>
            <a className="link text-sm" href="/schema.graphql" download>
              Download the schema
            </a>
          </span>
        }
      >
        Everything that this console does goes through the GraphQL API at <code>/graphql</code>, and
        what it follows live through the WebSocket at the same address (graphql-ws).
      </PageHeader>
      <div className="flex flex-col gap-5">
        <Section
          title="Examples"
          hint={
            <>
              Copy one into GraphiQL, or run it with curl: <code>export KEY=lk_…</code> first, with
              a key from{' '}
              <Link className="link" href="/keys">
                Keys
              </Link>
              . To search, the role SEARCH is enough.
            </>
          }
        >
          <Examples />
        </Section>
        <Section title="GraphiQL" hint="Served by this server; it works without the internet.">
          <p className="text-sm md:hidden">
            GraphiQL needs a wider screen; the examples above run with curl.
          </p>
          <iframe
            src="/graphiql"
            title="GraphiQL"
            loading="lazy"
            className="hidden h-[42rem] w-full rounded-md border border-line bg-card md:block"
          />
        </Section>
      </div>
    </>
  );
}
