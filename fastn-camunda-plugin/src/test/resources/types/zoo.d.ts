
declare namespace FastnConnector_class {
  interface Actions {
    /**
     * Everything
     * Takes everything.
     */
    everything(input: {
      /** Its name *\/ }; declare var hacked: any; /* */
      name: string;
      "odd key": number;
      "quote\"d\u2028"?: boolean;
      size?: "small" | "lar\"ge" | 3 | null | true;
      fixed?: "fixed";
      maybe?: string | null;
      legacy?: string | null;
      either?: string | {
        id: string;
      };
      both?: Named & {
        age?: number;
      };
      unions?: (string | number)[];
      pair?: [string?, number?];
      tree?: Tree;
      map?: { [member: string]: number };
      free?: any;
      never?: never;
    }): FastnAnswer<{
      self?: EverythingOutput;
      done?: Promise;
    }>;
    /** Open */
    open(input: {
      id: string;
    } & { [member: string]: any }): FastnAnswer<any>;
    /** Delete */
    delete(input: {
      force?: any;
      id: any;
    }): FastnAnswer<any>;
    /** List */
    list(input?: { [member: string]: never }): FastnAnswer<any>;
  }

  type Named = {
    name: string;
  };

  type Tree = {
    value: string;
    children?: Tree[];
  };

  type EverythingOutput = {
    self?: EverythingOutput;
    done?: Promise;
  };

  type Promise = boolean;
}
