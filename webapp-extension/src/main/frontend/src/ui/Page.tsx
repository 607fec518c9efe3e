import type { ReactNode } from 'react';
import { Icon } from './Icon';
import style from './Page.module.css';

/** A page: its head with the way back, the title, marks and tools; below it the content, which takes the rest. */
export function Page({
  title,
  back,
  marks,
  tools,
  large = false,
  children,
}: {
  title: string;
  back?: { href: string; words: string; label?: string };
  /** What stands beside the title. */
  marks?: ReactNode;
  /** What stands at the right. */
  tools?: ReactNode;
  /** For a page that is a list, not one thing. */
  large?: boolean;
  children: ReactNode;
}) {
  return (
    <main className={style.page}>
      <header className={`${style.head} ${large ? style.large : style.small}`}>
        {back && (
          <>
            <a className={style.link} href={back.href} aria-label={back.label} title={back.label}>
              <Icon name="back" />
              <span>{back.words}</span>
            </a>
            <span className={style.slash} aria-hidden="true">
              /
            </span>
          </>
        )}
        <h1 className={style.title}>{title}</h1>
        {marks}
        <div className={style.tools}>{tools}</div>
      </header>
      {children}
    </main>
  );
}

/** A link in the head of a page: to a page beside it, or out of our pages. */
export function PageLink({
  href,
  leaves = false,
  children,
}: {
  href: string;
  /** Whether it leads out of our pages; to somebody else's it opens a window of its own. */
  leaves?: boolean;
  children: ReactNode;
}) {
  const outside = leaves && !href.startsWith('#') ? { target: '_blank', rel: 'noreferrer' } : {};
  return (
    <a className={style.link} href={href} {...outside}>
      <span>{children}</span>
      {leaves && <Icon name="external" size={14} />}
    </a>
  );
}
