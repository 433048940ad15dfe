select n / 3, n
from generate_series(0, 20000) n
where true
--@selection
order by n
