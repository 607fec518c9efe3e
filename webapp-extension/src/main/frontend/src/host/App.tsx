import { Component, type ReactNode, useEffect } from 'react';
import { Message } from '../ui/Message';
import { t } from '../words';
import { WorkflowPage } from '../workflows/WorkflowPage';
import { WorkflowsPage } from '../workflows/WorkflowsPage';
import { useRoute } from './router';

/** Our pages, chosen by the hash. */
export function App() {
  const { slug, params } = useRoute();
  useEffect(() => {
    const title = () => {
      document.title = slug ? `${slug} | Workflows` : 'Cockpit | Workflows';
    };
    title();
    window.addEventListener('fastn:shown', title);
    return () => window.removeEventListener('fastn:shown', title);
  }, [slug]);
  return (
    <Guard key={slug ?? ''}>
      {slug ? (
        <WorkflowPage key={slug} slug={slug} params={params} />
      ) : (
        <WorkflowsPage params={params} />
      )}
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
