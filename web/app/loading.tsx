import { Loading } from '../components/elements/loading';

export default function PageLoading() {
  return <Loading what="the page" />;
}
