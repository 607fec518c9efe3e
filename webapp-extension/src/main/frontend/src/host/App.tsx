import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Message } from '../ui/Message';
import { Skeleton } from '../ui/Skeleton';
import { t } from '../words';
import { WorkflowPage } from '../workflows/WorkflowPage';
import { WorkflowsPage } from '../workflows/WorkflowsPage';
import { useRoute } from './router';

const DiffPage = lazy(() => import('../workflows/versions/DiffPage'));
const ConnectorsPage = lazy(() => import('../connectors/ConnectorsPage'));
const ConnectorPage = lazy(() => import('../connectors/ConnectorPage'));

/** Our pages, chosen by the hash. */
export function App() {
  const { page, slug, params } = useRoute();
  useEffect(() => {
    const title = () => {
      document.title = `${slug ?? (page === 'connectors' ? t('connectors') : 'Cockpit')} | Workflows`;
    };
    title();
    window.addEventListener('fastn:shown', title);
    return () => window.removeEventListener('fastn:shown', title);
  }, [page, slug]);
  return (
    <Guard key={`${page} ${slug ?? ''}`}>
      <Suspense fallback={<Skeleton lines={8} />}>
        {page === 'workflows' && <WorkflowsPage params={params} />}
        {page === 'workflow' && slug && <WorkflowPage key={slug} slug={slug} params={params} />}
        {page === 'diff' && slug && <DiffPage key={slug} slug={slug} params={params} />}
        {page === 'connectors' && <ConnectorsPage params={params} />}
        {page === 'connector' && slug && <ConnectorPage key={slug} slug={slug} params={params} />}
      </Suspense>
    </Guard>
  );
}

/** Words instead of a blank page when a component throws. */
class Guard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Message
        tone="error"
        title={t('error.crash.title')}
        text={t('error.crash.text')}
        action={{ label: t('error.crash.again'), act: () => this.setState({ broken: false }) }}
      />
    );
  }
}
