"""Run the command line with ``python -m casc_mla``."""

from casc_mla.cli import main

if __name__ == "__main__":
    main()
