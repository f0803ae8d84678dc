// The shapes of src/Modules/Cases/Day/DayData.cs as JSON.

export interface DayData {
  date: string;
  worker: string;
  workerName: string;
  visits: DayVisit[];
  calls?: DayVisit[] | null;
  /** In whose name a stand-in answers. */
  as?: string | null;
}

export interface DayVisit {
  caseId: string;
  version: number;
  household: string;
  address: string;
  order: number;
  questions: DayQuestion[];
  persons: { name: string; nameTibetan?: string | null; line?: string | null }[];
  group?: string | null;
  href?: string | null;
  done?: boolean;
  telephone?: string | null;
  due?: string | null;
  /** What a call that reached nobody may have met with; a visit has none. */
  misses?: DayChoice[] | null;
  /** What was sent of it, in words. */
  said?: string | null;
  /** What was sent can still be taken back. */
  takeBack?: boolean;
}

export interface DayQuestion {
  code: string;
  text: string;
  answers: DayChoice[];
}

export interface DayChoice {
  code: string;
  text: string;
  style: string;
  asks?: string[] | null;
  maySay?: string[] | null;
  evidence?: string[] | null;
  evidenceMin?: number;
}

export interface DayItem {
  key: string;
  caseId: string;
  version: number;
  question: string | null;
  answer: string;
  details: Record<string, string> | null;
  note: string | null;
  at: string;
  evidence: { kind: 'photo' | 'signature' | 'typed_name'; dataUrl: string }[];
  attempt: { next: string | null } | null;
  /** In whose name a stand-in gave it; drawn from the page when it is kept. */
  as?: string | null;
}

export type State = 'queued' | 'taken' | 'contradicted' | 'refused';

/** An answer as the phone keeps it. */
export interface Kept {
  key: string;
  worker: string;
  date: string;
  state: State;
  message: string;
  item: DayItem;
}

export interface DayResult {
  key: string;
  status: 'taken' | 'already' | 'contradicted' | 'refused';
  message?: string | null;
}
