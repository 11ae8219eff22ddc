import { useEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';
const KEY = 'sandbox-theme';

/** The system's theme until somebody chooses; the choice is kept in this browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const [chosen, setChosen] = useState<Theme | null>(() => readChoice());
  const [dark, setDark] = useState(system.matches);
  useEffect(() => {
    const heard = (event: MediaQueryListEvent) => setDark(event.matches);
    system.addEventListener('change', heard);
    return () => system.removeEventListener('change', heard);
  }, []);
  const theme = chosen ?? (dark ? 'dark' : 'light');
  document.documentElement.dataset['theme'] = theme;
  const choose = (next: Theme) => {
    localStorage.setItem(KEY, next);
    setChosen(next);
  };
  return [theme, choose];
}

function readChoice(): Theme | null {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : null;
}
