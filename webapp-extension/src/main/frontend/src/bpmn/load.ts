let loading: Promise<typeof import('./flow')> | undefined;

/** bpmn-js comes with the first diagram; all diagrams wait for the same one. */
export function loadFlow(): Promise<typeof import('./flow')> {
  loading ??= import('./flow');
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}
