import { StartPage } from '../components/shell/start-page';

export default function Page() {
  return <StartPage />;
}
